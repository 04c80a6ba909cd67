class AddNickname < ActiveRecord::Migration[7.1]
  def change
    add_column :sailors, :nickname, :string, null: false, default: ""
    add_column :sailors, :joined_at, :datetime, if_not_exists: true
    add_column :sailors, :biography, :text, size: :medium
  end
end
