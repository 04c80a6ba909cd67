import { isSchemaOrData } from '../src/operations/operation-questions.ts';
import { someOf, type Rule } from '../src/rule.ts';
import { describeResult } from './advice/describe.ts';
import { isSwitchedOff } from './advice/online-change.ts';
import { findUnpublished } from './advice/unpublished.ts';

/** The binary log is switched off, and what follows reaches no replica; or a publication passes on less than before. */
export const unreplicatedChange: Rule = {
  id: 'unreplicated-change',
  title: 'A change that replicas do not get',
  severity: 'error',
  concerns: 'process',
  check: {
    alterObject: findUnpublished,
    dropObject: findUnpublished,
    setSession: ({ setting, value }, { after }) => {
      if (setting !== 'sql_log_bin' || !isSwitchedOff(value)) return undefined;
      const on = after.findIndex((each) => each.kind === 'setSession' && each.setting === 'sql_log_bin');
      const missing = (on < 0 ? after : after.slice(0, on)).filter(isSchemaOrData);
      if (missing.length === 0) return undefined;
      return {
        message: `With \`sql_log_bin\` off this is not written to the binary log: ${someOf(missing.map(describeResult), 3)}. No replica gets it, no backup that is rolled forward, and nothing that follows the log; the first write that the replicas cannot repeat on what they have stops replication there.`,
        advice:
          'Leave it on. Whoever changes the servers one after the other, each by hand, does that outside migrations, which run on one of them.',
      };
    },
  },
};
