class Notifications::RssFeedItem < Notifications::Base
  MOST_PER_USER = 10

  def self.of(user)
    where(user: user).limit(MOST_PER_USER)
  end
end
