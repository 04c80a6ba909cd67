import type { FileTexts } from './repository.ts';

/** A pull request with the mistake of an incident that was written about in public, told in SQL. */
export type Incident = {
  repository: string;
  title: string;
  /** What happened, in one sentence. */
  story: string;
  /** What stands on main before. */
  before: FileTexts;
  change: FileTexts;
  /** Rules that must speak up. */
  rules: string[];
};

export const owner = 'harbour';
/** Writes the pull requests. */
export const author = 'ada';
/** Has write permission, and did not write them. */
export const reviewer = 'grace';
/** May read, as anyone may. */
export const stranger = 'mallory';

/** Boxes that ask for someone other than the author. */
export const reviewerBoxes: ReadonlySet<string> = new Set(['read-sql', 'read-unread', 'takes-back']);

const buildService: Incident = {
  repository: 'build-service',
  title: 'Rename the class of feed items',
  story: 'openSUSE Build Service, 2017: 45 minutes of deployment, as one migration changed a table and its rows.',
  before: {
    '.github/plimsoll.yml': 'database: mysql\n',
    'db/migrations/0001_notifications.up.sql': `CREATE TABLE notifications (
  id INT AUTO_INCREMENT PRIMARY KEY,
  type VARCHAR(255) NOT NULL,
  user_id INT,
  event_payload TEXT
);
`,
    'db/migrations/0001_notifications.down.sql': 'DROP TABLE notifications;\n',
  },
  change: {
    'db/migrations/0002_feed_items.up.sql': `ALTER TABLE notifications ADD COLUMN subscriber_type VARCHAR(255), ADD COLUMN subscriber_id INT;
UPDATE notifications SET type = 'Notification::RssFeedItem' WHERE type = 'Notifications::RssFeedItem';
UPDATE notifications SET subscriber_type = 'User', subscriber_id = user_id WHERE user_id IS NOT NULL;
ALTER TABLE notifications DROP COLUMN user_id;
`,
    'db/migrations/0002_feed_items.down.sql': 'ALTER TABLE notifications ADD COLUMN user_id INT;\n',
  },
  rules: ['mixed-schema-and-data', 'drop-column'],
};

const waivers: Incident = {
  repository: 'waivers',
  title: 'Waive the absence of a result',
  story:
    'waiverdb, 2018: add a column, fill it and require it, all in one transaction, while the old pods still insert.',
  before: {
    '.github/plimsoll.yml': 'database: postgres\nversion: 16\ntables:\n  waiver: large\n',
    'db/migration/V1__waiver.sql': `CREATE TABLE waiver (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  result_id bigint NOT NULL,
  username text NOT NULL
);
`,
  },
  change: {
    'db/migration/V2__waiver_subject.sql': `ALTER TABLE waiver ADD COLUMN subject_type text;
UPDATE waiver SET subject_type = 'koji_build';
ALTER TABLE waiver ALTER COLUMN subject_type SET NOT NULL;
`,
  },
  rules: ['mixed-schema-and-data', 'set-not-null'],
};

const enrollment: Incident = {
  repository: 'enrollment',
  title: 'Give every licensed enrolment an id',
  story: 'edX, 2023: a unique column with one default for every row that is there, on MySQL.',
  before: {
    '.github/plimsoll.yml': 'database: mysql\n',
    'db/migration/V1__enrollment.sql': `CREATE TABLE enrollment (
  id INT AUTO_INCREMENT PRIMARY KEY,
  course_id VARCHAR(255) NOT NULL
);
`,
  },
  change: {
    'db/migration/V2__enrollment_uuid.sql': `ALTER TABLE enrollment
  ADD COLUMN uuid CHAR(36) NOT NULL DEFAULT '6f1f6c1e-4b7e-4a55-9f0b-3f3f0a9c0f11' UNIQUE;
`,
  },
  rules: ['unique-column-with-default'],
};

const bakery: Incident = {
  repository: 'bakery',
  title: 'Regenerate the migrations of orders',
  story: 'bakery-ia, 2025: migrations generated empty, and a schema dropped with everything in it.',
  before: {
    '.github/plimsoll.yml': 'database: postgres\n',
    'db/migration/V1__orders.sql': 'CREATE TABLE orders (id bigint PRIMARY KEY);\n',
  },
  change: {
    'db/migration/V2__initial_schema.sql': '-- generated\n',
    'db/migration/V3__reset.sql': 'DROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n',
  },
  rules: ['empty-migration', 'drop-schema'],
};

const edited: Incident = {
  repository: 'enrollment',
  title: 'Widen the course id',
  story: 'Flagsmith, 2021: a migration that production had already run was edited in place.',
  before: {},
  change: {
    'db/migration/V1__enrollment.sql': `CREATE TABLE enrollment (
  id INT AUTO_INCREMENT PRIMARY KEY,
  course_id VARCHAR(1000) NOT NULL
);
`,
  },
  rules: ['edited-migration'],
};

/** The pull request that is set right later. */
export const repairedIncident: Incident = waivers;

/** How it should have begun: the column, and nothing else. */
export const repair: FileTexts = {
  'db/migration/V2__waiver_subject.sql': `SET lock_timeout = '2s';
ALTER TABLE waiver ADD COLUMN subject_type text;
`,
};

/** In the order that they are shown. */
export const incidents: readonly Incident[] = [buildService, waivers, enrollment, bakery, edited];

/** A pull request that touches no migration. */
export const harmless = {
  repository: 'bakery',
  title: 'Say where the oven is',
  change: { 'OVEN.md': 'In the yard.\n' },
};
