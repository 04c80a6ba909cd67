/** True for the image of a database server. */
export function isDatabaseImage(image: string): boolean {
  const name =
    image
      .replace(/[:@].*$/, '')
      .split('/')
      .at(-1) ?? '';
  return (
    /^(?:postgres(?:ql)?|postgis|pgvector|timescaledb(?:-ha)?|mysql|mariadb|percona|mssql-server|server)(?:-\d+.*|-rhel\d+|-centos\d+)?$/.test(
      name,
    ) &&
    (name !== 'server' || image.includes('mssql'))
  );
}
