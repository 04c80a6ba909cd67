import { expect, test } from 'vitest';
import { isSchedule, lineNaming, schedulesAmong } from '../../src/deployment/schedules.ts';

test.each([
  'config/schedule.rb',
  'src/api/config/clock.rb',
  'clock.rb',
  'config/sidekiq.yml',
  'config/sidekiq_cron.yml',
  'config/recurring.yml',
  'config/resque_schedule.yml',
  'shop/celery.py',
  'shop/celeryconfig.py',
  'shop/beat_schedule.py',
  'crontab',
  'docker/app.crontab',
  'k8s/cronjob-sweep.yaml',
])('%s is a schedule', (path) => {
  expect(isSchedule(path)).toBe(true);
});

test.each([
  'app/models/schedule.rb',
  'config/database.yml',
  'src/synchronize.ts',
  'vendor/gem/clock.rb',
  'k8s/api.yaml',
])('%s is none', (path) => {
  expect(isSchedule(path)).toBe(false);
});

test('of many schedules a few are read', () => {
  expect(schedulesAmong(Array.from({ length: 30 }, (_, at) => `service${at}/crontab`))).toHaveLength(5);
});

test.each([
  ['order_items', 'every 1.day do\n  runner "OrderItem.sweep"\nend', 2],
  ['order_items', 'command: [rails, "order-items:sweep"]', 1],
  ['notifications', 'class: CleanNotificationsJob', 1],
  ['categories', 'runner "Category.count_again"', 1],
  ['order_items', '# runner "OrderItem.sweep"', undefined],
  ['order_items', 'runner "Order.sweep"', undefined],
  ['order_items', 'runner "ReorderItem.sweep"', undefined],
])('%s in %j stands on line %s', (table, text, line) => {
  expect(lineNaming(text, table)).toBe(line);
});
