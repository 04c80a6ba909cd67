class UndoFlags < ActiveRecord::Migration[7.1]
  def change
    revert do
      add_column :ships, :flag, :string
      create_table(:flags) { |t| t.string :nation }
      rename_column :ships, :a, :b
    end
    revert CreateHarbours
  end
end
