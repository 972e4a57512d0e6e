/** The topic of notices on a folder that is not there any more. */
export function topicOfGone(path: string): string {
  return `gone ${path}`;
}
