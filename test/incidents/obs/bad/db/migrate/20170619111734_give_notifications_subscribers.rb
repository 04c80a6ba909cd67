class GiveNotificationsSubscribers < ActiveRecord::Migration[5.0]
  def up
    add_column :notifications, :subscriber_type, :string
    add_column :notifications, :subscriber_id, :integer

    Notification::RssFeedItem.find_each do |item|
      item.subscriber = item.user if item.user
      item.subscriber ||= item.group
      item.save!
    end
  end

  def down
    remove_column :notifications, :subscriber_type
    remove_column :notifications, :subscriber_id
  end
end
