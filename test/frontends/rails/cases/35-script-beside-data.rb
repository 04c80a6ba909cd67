require "csv"

CLOSED = %w[a b].freeze

def rename(port, name)
  port.update_columns(name: name)
end

Port.where(name: nil).find_each do |port|
  rename(port, port.code.titleize)
end

Port.where(code: CLOSED).delete_all
ActiveRecord::Base.connection.execute("UPDATE berths SET open = 0 WHERE port_id IS NULL")
RebuildIndexJob.perform_later("ports")
