module Maintenance
  class BackfillGradesTask < MaintenanceTasks::Task
    attribute :grade, :string

    def collection
      Sailor.where(grade: nil)
    end

    def process(sailor)
      sailor.update!(grade: grade)
    end
  end
end
