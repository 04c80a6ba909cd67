/** What the handlers of events share. */
import type { Store } from '../store/open-store.ts';
import { priorities } from '../store/jobs.ts';
import { keyOf, type Place } from '../store/place.ts';
import type { Reviewing } from './reconcile.ts';
import type { Repository } from './site.ts';

export type Handling = Reviewing & { appId: number };

type InRepository = {
  installation?: { id: number } | undefined;
  repository?: { name: string; owner: { login: string } | null } | undefined;
};

/** The repository of an event. Deliveries without an installation are not kept, nor those without a repository of events that have one: both are here. */
export function repositoryOf({ installation, repository }: InRepository): Repository {
  return {
    installation: installation?.id ?? 0,
    owner: repository?.owner?.login ?? '',
    repo: repository?.name ?? '',
  };
}

/** The pull request of an event. */
export function placeOf(payload: InRepository, pull: number): Place {
  return { ...repositoryOf(payload), pull };
}

/** Asks for a pull request to be made right. */
export function ask(place: Place, store: Store, priority: number = priorities.asked): void {
  store.jobs.ask(keyOf(place), place, { priority });
}

/** The same; also what stands already is written anew. */
export function askAnew(place: Place, head: string, store: Store): void {
  store.pulls.forgetChecks(place, head);
  ask(place, store);
}
