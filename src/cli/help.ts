/** `plimsoll --help`. */
import { print } from './output.ts';

const help = `plimsoll reviews database migrations.

  plimsoll review --base REV [--head REV] [--repo DIR]   a range of commits, as a pull request would show it
  plimsoll review --pull OWNER/NAME#N                    a pull request on GitHub, reading only
  plimsoll lint PATH...                                  files or folders, as if all were added now
  plimsoll plan --base REV | --pull OWNER/NAME#N         how to roll the change out, phase by phase
  plimsoll doctor [--github OWNER/NAME]                  what is found in the repository at hand, and what is missing
  plimsoll rules                                         every rule with its severity
  plimsoll explain RULE                                  what a rule says, with bad and good examples

Options
  --format text|markdown|json|sarif   what to print (text)
  --config FILE                       instead of .github/plimsoll.yml at the base commit
  --database NAME, --version N        lint: what the migrations run on: postgres, mysql, mariadb, sqlite, sqlserver
  --help, --version

review --pull and doctor --github read GITHUB_TOKEN, and GITHUB_API_URL for GitHub Enterprise Server.
Exit 0: clear, or sign-off is needed. 1: blocked, or doctor misses something. 2: could not run.
`;

/** Prints what there is. */
export function printHelp(): Promise<0> {
  return print(help);
}
