/** How migrations are run: what manifests, scripts and start-up code say of it, the same way for every platform. */
import type { Span } from './operation.ts';

/** A file that says how the project is put into operation, with what it says of migrations. */
export type Deployment = {
  path: string;
  facts: DeploymentFact[];
  /** It is for a developer's own machine, as its name says. */
  forDevelopment?: true;
};

export type DeploymentFact = { span: Span } & (
  | MigrationRun
  /** The schema is made from the models, past the migrations. `how` is the call or command as written. */
  | { kind: 'makeSchema'; how: string; tool: string; place: Place; guard: Guard; destroys?: true; through?: string }
  /** A migration is recorded as done without being run, and nothing in the file runs the others; or all of them are, and `before` finds nothing left to run. */
  | { kind: 'recordOnly'; command: string; tool: string; before?: string }
  /** Everything in a database goes. `asks`: a person, always; or the environment, and refuses in the wrong one. `unless`: the variable without which it runs. */
  | {
      kind: 'resetDatabase';
      how: string;
      place: Place;
      asks: { person: boolean; environment: boolean };
      unless?: string;
      through?: string;
    }
  /** Models, or the schema file, are compared with the migrations, and a difference fails it. */
  | DriftCheckRun
  /** A file that repeats the schema is written anew: what `git diff` compares afterwards. */
  | { kind: 'writeSchemaFile'; tool: string }
  /** An environment variable that makes the program drop or make its tables anew. */
  | { kind: 'resetSwitch'; name: string; value: string }
  /** Schema statements on a SQLAlchemy connection whose transaction is never committed. `asynchronous`: no version commits by itself. */
  | { kind: 'uncommitted'; connection: string; statement: string; asynchronous: boolean }
  /** Helm installs a chart, with its hooks or without. */
  | { kind: 'installChart'; command: string; withoutHooks: boolean; onError: OnError }
  /** Files of migrations are copied out of or into a container. */
  | { kind: 'copyFiles'; command: string; onError: OnError }
  /** A password in a connection address. The password itself is kept nowhere. */
  /** `host` of an address, or the `statement` of SQL that says a password. */
  | { kind: 'credential'; where: string; host?: string; statement?: string }
  /** How many pods there are of a workload, said apart from it. */
  | { kind: 'scales'; name: string; replicas: Workload['replicas'] }
  /** A container that goes on to serve. */
  | { kind: 'runContainer'; workload: Workload }
  /** A database runs beside what migrates it. */
  | { kind: 'runDatabase'; name: string }
  /** Something that is wanted here and could not be read. `reason` completes "could not be read: …". */
  | { kind: 'unreadable'; reason: string }
);

export type MigrationRun = {
  kind: 'runMigrations';
  tool: string;
  /** The command or call as written, on one line. */
  command: string;
  /** The file that holds it, where this one only calls that. */
  through?: string;
  /** Which heads Alembic is told to go to. */
  target?: 'head' | 'heads';
  place: Place;
  onError: OnError;
  wait: DatabaseWait;
};

export type DriftCheckRun = {
  kind: 'checkDrift';
  tool: string;
  /** As written, on one line. */
  command: string;
  /** The file that holds it, where this one only calls that. */
  through?: string;
  place: Place;
  onError: OnError;
};

/** Where something runs. */
export type Place =
  | { kind: 'postStart'; workload: Workload }
  /** Command or arguments of a container that goes on to serve. */
  | { kind: 'start'; workload: Workload }
  | { kind: 'initContainer'; workload: Workload }
  /** A Job, or a service of a Compose file that ends. `hook` is when Helm or Argo CD runs it. */
  | { kind: 'job'; workload: Workload; hook?: string }
  /** A lifecycle hook of a DeploymentConfig. */
  | { kind: 'deploymentHook'; workload: Workload; phase: string; hook: DeploymentHook }
  /** ENTRYPOINT or CMD of an image. */
  | { kind: 'image' }
  /** When something is built. `image`: by RUN of a Dockerfile, without a database of its own. */
  | { kind: 'build'; image?: true }
  | { kind: 'release' }
  /** A process of a Procfile that serves, or of what another platform calls so. */
  | { kind: 'process'; name: string; on?: HostingPlatform }
  /** `deploys`: the job is bound to an environment, or named for one. */
  | { kind: 'step'; deploys: boolean }
  /** `starts`: it is an entrypoint, as its name or its last command says. */
  | { kind: 'script'; starts: boolean }
  /** A program. `starts`: the line runs whenever it starts, as the file itself tells. */
  | { kind: 'code'; starts?: true };

/** What becomes of an error. `how` quotes what is to blame. */
export type OnError =
  | { kind: 'stops' }
  /** `explicit`: somebody wrote it there, rather than left something out. */
  | { kind: 'goesOn'; how: string; explicit: boolean; span: Span }
  /** It stops, and its error messages go nowhere. */
  | { kind: 'hides'; how: string; span: Span };

/** Whether the command waits until the database answers. `endless`: without a deadline; `how` quotes the loop. */
export type DatabaseWait = { kind: 'none' } | { kind: 'bounded' } | { kind: 'endless'; how: string; span: Span };

/** What keeps a dangerous line from running. `unsafeDefault`: it runs unless someone sets `variable`. */
export type Guard =
  | { kind: 'none' }
  | { kind: 'unsafeDefault'; variable: string }
  | { kind: 'unknown'; condition: string };

export type Platform = 'kubernetes' | 'argo' | 'helm' | 'openshift' | 'compose';

/** Platforms that start a program themselves, by the file that they read. */
export type HostingPlatform = 'heroku.yml' | 'fly' | 'render' | 'railway';

/** What runs containers: a Deployment, DeploymentConfig, Job, service … */
export type Workload = {
  platform: Platform;
  kind: string;
  /** As written, with the expressions of a template. */
  name: string;
  /** Pods that may run at once; `variable` where a template leaves it open. */
  replicas: number | 'autoscaled' | 'variable';
  container: Container;
  /** Failed runs are repeated: by backoffLimit, a restart policy or a restart of the pod. */
  repeats: boolean;
  /** It is stopped after a time: activeDeadlineSeconds. */
  hasDeadline: boolean;
  /** Services or conditions that it starts after. */
  startsAfter: string[];
  /** All old pods go before the first new one comes. */
  recreates?: true;
};

export type Container = {
  name: string;
  image?: string;
  /** Names of single variables, and of the config maps and secrets of which all are taken. */
  env: string[];
  envFrom: string[];
  /** Names of the volumes that it mounts. */
  mounts: string[];
  /** As the manifest writes it, so that another pod can be given the same. */
  written?: WrittenPod;
  /** What kills it while it is not ready yet. */
  killer?: { probe: 'startupProbe' | 'livenessProbe'; seconds: number };
};

/** Keys of a container, of its pod and of the object around, in their own words. */
export type WrittenPod = Record<'metadata' | 'pod' | 'container', WrittenKey[]>;

/** `lines` stand without the indentation that they had, `column` columns deep. None where they cannot be given elsewhere, or are too many. */
export type WrittenKey = { key: string; column: number; lines: string[] };

export type DeploymentHook = {
  failurePolicy?: string;
  containerName?: string;
  volumes: string[];
};

/** The facts of one kind, with the file that each stands in. */
export function factsOf<Kind extends DeploymentFact['kind']>(
  deployments: readonly Deployment[],
  kind: Kind,
): (Extract<DeploymentFact, { kind: Kind }> & { file: Deployment })[] {
  return deployments.flatMap((file) =>
    file.facts
      .filter((fact): fact is Extract<DeploymentFact, { kind: Kind }> => fact.kind === kind)
      .map((fact) => ({ ...fact, file })),
  );
}
