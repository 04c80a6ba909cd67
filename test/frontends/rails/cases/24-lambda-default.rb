class AddTokens < ActiveRecord::Migration[7.1]
  def change
    add_column :ships, :token, :uuid, default: -> { "gen_random_uuid()" }, null: false
    add_column :ships, :seen_at, :timestamptz, default: -> { "CURRENT_TIMESTAMP" }
  end
end
