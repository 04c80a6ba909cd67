class Token::Rss < Token
end
