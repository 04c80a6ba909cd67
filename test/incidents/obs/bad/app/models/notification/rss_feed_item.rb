class Notification::RssFeedItem < Notification
  MOST_PER_SUBSCRIBER = 10

  def self.of(subscriber)
    where(subscriber: subscriber).limit(MOST_PER_SUBSCRIBER)
  end
end
