class CleanVoyages < ActiveRecord::Migration[7.1]
  TABLE = "voyages"

  def up
    execute <<~SQL.squish
      DELETE FROM #{TABLE}
      WHERE ended_at < now()
    SQL
    ActiveRecord::Base.connection.execute("UPDATE " + TABLE + " SET late = false")
    connection.exec_query("SELECT 1")
    execute "DROP TABLE #{ENV.fetch("TABLE")}"
    execute sql_from_elsewhere
  end

  def down; end
end
