import { expect, test } from 'vitest';
import { reviewed } from '../review/builders.ts';

const pause = 'Pause what runs by the clock until it is done';
const clock = 'every(1.hour, "digest") { Notification.digest }\nevery(1.day, "sweep") { Session.sweep }\n';

async function notesOf(files: Record<string, string>, projectTexts: Record<string, string>) {
  const { plan } = await reviewed(files, { projectTexts });
  return plan?.roads[0]?.phases.map(({ when, note }) => `${when}: ${note ?? ''}`) ?? [];
}

const migration = `class X < ActiveRecord::Migration[8.0]
  def change
    add_column :notifications, :kind, :string, null: false
  end
end
`;

test('a phase that fills rows names the jobs that run by the clock and speak of the table, and no other phase does', async () => {
  const notes = await notesOf({ 'db/migrate/20260102000000_x.rb': migration }, { 'config/clock.rb': clock });
  const [fills, others] = [true, false].map((filling) =>
    notes.filter((note) => note.startsWith('background') === filling),
  );
  expect(fills).toEqual([expect.stringContaining(pause)]);
  expect(fills?.[0]).toContain('`config/clock.rb` line 1.');
  expect(others?.join()).not.toContain(pause);
});

test('a job of another table is not named', async () => {
  const others = { 'config/clock.rb': 'every(1.day, "sweep") { Session.sweep }\n' };
  const notes = await notesOf({ 'db/migrate/20260102000000_x.rb': migration }, others);
  expect(notes.length).toBeGreaterThan(1);
  expect(notes.join()).not.toContain(pause);
});

test('a table of Django is known by its class', async () => {
  const notes = await notesOf(
    {
      'shop/migrations/0002_kind.py': `from django.db import migrations

class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]
    operations = [migrations.RunSQL("UPDATE shop_notification SET kind = 'a'")]
`,
    },
    { 'shop/celery.py': 'app.conf.beat_schedule = {\n    "digest": {"task": "shop.tasks.notification_digest"},\n}\n' },
  );
  expect(notes.filter((note) => note.includes(pause)).join()).toContain('`shop/celery.py` line 2');
});
