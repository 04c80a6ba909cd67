ActiveRecord::Schema.define(version: 20170614083014) do
  create_table "notifications" do |t|
    t.integer "user_id"
    t.integer "group_id"
    t.string "type", null: false
    t.string "event_type", null: false
    t.text "event_payload", null: false
    t.boolean "delivered", default: false
  end

  create_table "tokens" do |t|
    t.string "string"
    t.integer "user_id"
  end
end
