/** What a roll-out plan is: the road of each part of a change, in phases, as plain data. */
import type { Language } from '../writers/writer.ts';

/** When a phase runs: with the deploy before its release starts, together with the release, or beside it all once the release runs everywhere. */
export type When = 'before' | 'with' | 'background';

export type Phase = {
  /** What it brings, in a few words of Markdown. */
  title: string;
  when: When;
  /** The deploy that it belongs to, from 1. Each waits until the one before runs everywhere. */
  deploy: number;
  /** What the code of that deploy does, in Markdown; absent where it need not change. */
  code?: string;
  /** What is to be known of the migrations below; Markdown. */
  note?: string;
  /** The maintenance window that it takes and how to announce it, in Markdown; absent where nobody is known to be kept from a table. */
  window?: string;
  /** Migrations in the framework at hand, one file each, in their order; none where only code changes. */
  migrations: { language: Language; text: string }[];
  /** What is asked when it is done, before the next phase, and the answer that lets it come. */
  verify?: { sql: string; expect: string };
  /** How it is taken back. */
  back: string;
  /** What stands if it stops half-way, and how to go on. */
  stands: string;
};

/** The phases of one part of a change, in their order. */
export type Road = { subject: string; path: string; startLine: number; phases: Phase[] };

/** One question of the decision tree; `unknown` is for people to answer. */
export type Answer = {
  question: string;
  answer: 'yes' | 'no' | 'unknown';
  because: string;
  /** The box of the checklist that asks people; only where the answer is unknown. */
  box?: string;
  /** What the box has to name. */
  about?: string[];
};

/** `phases` and `deploys` are those of the longest road. */
export type Plan = {
  phases: number;
  deploys: number;
  roads: Road[];
  answers: Answer[];
  /** Nothing names the database that migrations of it are printed for. */
  isForUnknown?: true;
};
