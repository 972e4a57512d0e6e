/** What a start that only asks for words prints, or null for a start that opens the window. */
export function startWords(args: readonly string[], version: string): string | null {
  if (args.includes('--version')) return `${version}\n`;
  if (!args.includes('--help') && !args.includes('-h')) return null;
  return `Usage: negatoscope [FOLDER | LIBRARY.sqlite | LINK]

Opens the window: on a folder of pictures, on a library, or on the anchor that a negatoscope:// link names.
The command line is another program: negatoscope-cli, or resources/engine/bin/negatoscope in the app's folder.
`;
}
