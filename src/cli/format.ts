/** The formats that a report is printed in. */
import type { Report } from '../report.ts';
import { readVersion } from './version.ts';
import { hasColour, print } from './output.ts';
import type { ExitCode } from './run-command.ts';

const formats = ['text', 'markdown', 'json', 'sarif'] as const;

/** What `--format` may be. */
export type Format = (typeof formats)[number];

/** The format by name. Throws a sentence for people when there is none. */
export function readFormat(word: string | undefined): Format {
  const format = formats.find((each) => each === (word ?? 'text'));
  if (format) return format;
  throw new Error(`There is no format "${word}": choose one of ${formats.join(', ')}.`);
}

/** What a comment or a link has to know beside the report. */
export type Origin = { head: string; author: string };

/** Prints a report, and says with the exit code whether it blocks. */
export async function printReport(report: Report, format: Format, origin: Origin): Promise<ExitCode> {
  await print(await rendered(report, format, origin));
  return report.verdict === 'blocked' ? 1 : 0;
}

async function rendered(report: Report, format: Format, origin: Origin): Promise<string> {
  switch (format) {
    case 'text':
      return (await import('../render/text.ts')).renderText(report, hasColour());
    case 'json':
      return (await import('../render/json.ts')).renderJson(report);
    case 'sarif': {
      const { rules } = await import('../../rules/index.ts');
      return (await import('../render/sarif.ts')).renderSarif(report, rules, readVersion());
    }
    case 'markdown':
      return renderMarkdown(report, origin);
  }
}

/** The comment as it would stand before anybody has ticked a box. */
async function renderMarkdown(report: Report, { head, author }: Origin): Promise<string> {
  const { renderComment } = await import('../render/comment.ts');
  const { openSignOff } = await import('../signoff/apply-event.ts');
  const view = { baseUrl: '', owner: '', repo: '', pull: 0, head, author };
  return `${renderComment(report, { ...openSignOff(), items: report.checklist }, view)}\n`;
}
