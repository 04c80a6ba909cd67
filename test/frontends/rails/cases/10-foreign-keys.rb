class LinkSailors < ActiveRecord::Migration[7.1]
  def change
    add_foreign_key :sailors, :ships, validate: false, on_delete: :nullify
    validate_foreign_key :sailors, :ships
    add_check_constraint :sailors, "age >= 14", name: "old_enough", validate: false
    validate_check_constraint :sailors, name: "old_enough"
    add_unique_constraint :sailors, [:ship_id, :number], name: "one_number"
    add_exclusion_constraint :berths, "period WITH &&", using: :gist, name: "no_overlap"
    remove_foreign_key :sailors, :countries
  end
end
