class AddGradeEnum < ActiveRecord::Migration[7.1]
  def change
    create_enum :grade, %w[mate captain]
    add_column :sailors, :grade, :enum, enum_type: :grade, default: "mate"
    rename_enum_value :grade, from: "mate", to: "first mate"
    add_enum_value :grade, "admiral", if_not_exists: true
    enable_extension "citext"
  end
end
