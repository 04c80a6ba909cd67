class FixVoyages < ActiveRecord::Migration[7.1]
  def up
    Voyage.find_each(&:touch)
    Voyage.where(late: nil).delete_all
    Voyage.destroy_all
    Voyage.create!(code: "A1")
    Voyage.insert_all([{ code: "A2" }])
    Voyage.upsert_all([{ code: "A3" }])
    Voyage.recalculate_everything!
    RebuildIndexJob.perform_later
    SyncWorker.perform_async(1)
    Net::HTTP.get(URI("https://example.com"))
  end
end
