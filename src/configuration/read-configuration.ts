/** Reads `.github/plimsoll.yml`: keeps everything that is right, and says of the rest where it stands and what is allowed. */
import { defaultConfiguration } from '../operations/configuration.ts';
import type { Configuration, ConfigurationProblem } from '../operations/configuration.ts';

/** What one reading gives; `problems` is empty where every key was understood. */
export type ConfigurationReading = { configuration: Configuration; problems: ConfigurationProblem[] };

/**
 * Reads a configuration file, or the absence of one. `ruleIds` are the rules that exist. Never rejects. The parser of YAML is
 * loaded only where there is a file: it is a third of everything that a review loads.
 */
export async function readConfiguration(
  path: string,
  text: string | undefined,
  ruleIds: readonly string[],
): Promise<ConfigurationReading> {
  if (text === undefined) return { configuration: defaultConfiguration, problems: [] };
  const { parseConfiguration } = await import('./parse-configuration.ts');
  return parseConfiguration(path, text, ruleIds);
}
