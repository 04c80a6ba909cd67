class RequireGrade < ActiveRecord::Migration[7.1]
  def change
    change_column_null :sailors, :grade, false, "mate"
    change_column_default :sailors, :grade, from: "mate", to: nil
  end
end
