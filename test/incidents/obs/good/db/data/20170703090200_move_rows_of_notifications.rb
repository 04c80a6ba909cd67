class MoveRowsOfNotifications < ActiveRecord::Migration[5.0]
  class Row < ActiveRecord::Base
    self.table_name = 'notifications'
    self.inheritance_column = nil
  end

  def up
    Row.where(type: 'Notifications::RssFeedItem').in_batches.update_all(type: 'Notification::RssFeedItem')
    users = Row.where(subscriber_id: nil).where.not(user_id: nil)
    users.in_batches.update_all("subscriber_type = 'User', subscriber_id = user_id")
    groups = Row.where(subscriber_id: nil).where.not(group_id: nil)
    groups.in_batches.update_all("subscriber_type = 'Group', subscriber_id = group_id")
  end

  def down
    Row.where(type: 'Notification::RssFeedItem').in_batches.update_all(type: 'Notifications::RssFeedItem')
  end
end
