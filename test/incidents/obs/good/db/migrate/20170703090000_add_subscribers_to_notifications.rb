class AddSubscribersToNotifications < ActiveRecord::Migration[5.0]
  def change
    add_column :notifications, :subscriber_type, :string
    add_column :notifications, :subscriber_id, :integer
  end
end
