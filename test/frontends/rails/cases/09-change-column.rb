class WidenLog < ActiveRecord::Migration[7.1]
  def change
    change_column :voyages, :log, :text, limit: 4294967295, null: false
    change_column_null :voyages, :crew, true
  end
end
