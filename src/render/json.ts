/** The report as JSON for machines: `docs/report.schema.json` describes it. */
import type { Report } from '../report.ts';

/** The report as indented JSON with a final line end. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
