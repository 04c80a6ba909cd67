class BackfillGrade < ActiveRecord::Migration[7.1]
  disable_ddl_transaction!

  class Sailor < ActiveRecord::Base
    self.table_name = "crew_members"
  end

  def up
    Sailor.reset_column_information
    Sailor.where(grade: nil).in_batches(of: 500).update_all(grade: "mate")
    Sailor.unscoped.in_batches do |batch|
      batch.update_all("age = age + 1")
      sleep 0.1
    end
    Sailor.find_each do |sailor|
      next if sailor.retired?

      sailor.grade = "captain"
      sailor.save!(validate: false)
    end
    Sailor.transaction { Sailor.update_all(late: false) }
  end

  def down
  end
end
