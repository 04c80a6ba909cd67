/** What writes a log and nothing else: told by where it comes from and by what is called of it, never by one of them alone. */

/** The methods of loggers; one that is called otherwise does something else. */
export const logMethods: ReadonlySet<string> = new Set(
  (
    'debug info notice warn warning error exception critical fatal trace log verbose success bind unbind child ' +
    'addHandler setLevel isEnabledFor'
  ).split(' '),
);

/** True for `app.logging.get_logger`: a name for making loggers, of a module of loggers. */
export function makesLogger(path: string): boolean {
  const parts = path.split(/[./]/).filter((part) => part !== '');
  const name = parts.pop() ?? '';
  return makers.test(name) && parts.some((part) => isModuleOfLoggers(part));
}

/** True for a module that is named for what it does: `logging`, `root_logger`, `structlog`. */
export function isModuleOfLoggers(name: string): boolean {
  return /^(?:\w+[_-])?(?:log|logs|logger|loggers|logging)$|^(?:structlog|loguru)$/i.test(name);
}

const makers = /^(?:get|setup|set_up|create|make|build|configure|init)_?(?:\w+_)?(?:logger|logging|log)$/i;
