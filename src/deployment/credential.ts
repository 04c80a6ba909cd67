/** Passwords in connection addresses. What is found is where, never what. */

/** The host of an address that holds a real password, or undefined: variables, placeholders and machines of one's own are none. */
export function findCredential(text: string): { host: string } | undefined {
  const at = text.search(/[a-z][\w+.-]*:\/\//i);
  if (at === -1 || !URL.canParse(text.slice(at))) return undefined;
  const { password, hostname, username } = new URL(text.slice(at));
  const secret = decode(password);
  if (secret === '' || isPlaceholder(secret) || isPlaceholder(decode(username))) return undefined;
  if (/^(?:localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0|host|hostname|example\.(?:com|org))$/.test(hostname))
    return undefined;
  // What a database beside it is started with on a developer's machine.
  if (secret === decode(username) && !hostname.includes('.')) return undefined;
  return { host: hostname };
}

/** A command as messages may quote it: `…` stands for each password in an address, an option or a variable. */
export function withoutPasswords(command: string): string {
  return command.replace(inAddress, '$1:…@').replace(inOption, '$1…').replace(ofMysql, '…');
}

const inAddress = /(:\/\/[^\s:@/]*):(?!\$)[^\s@]*@/g;
/** `-password=…`, `--db-password …`, `-Dflyway.password=…`, `PGPASSWORD=…`; what a variable holds is none. */
const inOption =
  /((?<![^\s"'])-{1,2}[\w.-]{0,40}(?:password|passwd|_pwd)(?:=| )|(?<![^\s"'])\w{0,40}(?:PASSWORD|PASSWD|_PWD)=)(?!["']?[$%<{-])(?:"[^"]*"|'[^']*'|[^\s"']+)/gi;
/** `mysql -p…`, in one word. */
const ofMysql = /(?<=^(?:\S*\/)?(?:mysql|mariadb)\w{0,10} .{0,400}(?<= )-p)(?!["']?\$)[^\s]+/g;

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Words that stand for a password, and what is filled in later. */
export function isPlaceholder(text: string): boolean {
  return (
    /^(?:pass(?:word|wd)?|secret|changeme|change-me|user(?:name)?|your[\w-]*|x+|\*+)$/i.test(text) ||
    /[$%<{(]/.test(text) ||
    /^(?:DB_|DATABASE_|POSTGRES_|MYSQL_)\w+$/.test(text)
  );
}
