class Token::Service < Token
end
