import { objectivePresets, settingFlag } from '../../src-main/contract/objective-settings.ts';
import type {
  ObjectiveDescription,
  ObjectiveSetting,
} from '../../src-main/contract/objective-settings.ts';

/** What surrounds the table in the README. */
export const tableMarks = {
  start: '<!-- settings table: npm run readme -->',
  end: '<!-- end of the settings table -->',
};

/** Every setting of every objective as Markdown, from the table that the app itself uses. */
export function settingsTable(): string {
  const head = ['Objective', 'Setting', 'Symbol', 'Default', 'Range', 'What it does'];
  const rows = Object.entries<ObjectiveDescription>(objectivePresets).flatMap(
    ([preset, { title, paper, sentence, settings }]) => [
      [`**\`${preset}\`**`, '', '', '', '', `**${title}**, ${paper}. ${sentence}`],
      ...settings.map((setting) => [
        '',
        `\`--${settingFlag(setting.key)}\``,
        setting.symbol,
        String(setting.default),
        rangeOf(setting),
        setting.sentence,
      ]),
    ],
  );
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function rangeOf(setting: ObjectiveSetting): string {
  if (setting.kind === 'switch') return 'true, false';
  const { above, atLeast, below, atMost } = setting.valid;
  const low = above === undefined ? `[${atLeast ?? '−∞'}` : `(${above}`;
  const high = below === undefined ? (atMost === undefined ? '∞)' : `${atMost}]`) : `${below})`;
  return `${low}, ${high}`;
}
