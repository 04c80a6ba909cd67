import { factsOf } from '../src/operations/deployment.ts';
import { code, type Rule } from '../src/rule.ts';

/** A password of a database stands in a file of the repository. */
export const passwordInAddress: Rule = {
  id: 'password-in-address',
  title: 'A password of a database stands in the repository',
  severity: 'error',
  concerns: 'process',
  check: {
    change: ({ deployments }) =>
      factsOf(deployments, 'credential').map(({ where, host, statement, span }) => ({
        span,
        message: `${statement === undefined ? `${code(where)} is given an address with a password for ${code(host ?? '')}` : `${code(statement)} says a password`}. Everyone who can read the repository has it, and its history keeps it.`,
        advice: `Change the password now: taking the line out does not take it back. Then ${statement === undefined ? instead.address : instead.statement}`,
      })),
  },
};

const instead = {
  address:
    'read the address from the environment; Alembic does so in `env.py` with `config.set_main_option("sqlalchemy.url", os.environ["DATABASE_URL"])`.',
  statement:
    'make the user without one here (in PostgreSQL `CREATE ROLE … LOGIN`, which nobody enters until it has one), and let the platform that holds secrets set it.',
};
