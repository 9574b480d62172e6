"""Pure rules of news: text to HTML, pictures made fit for the web, addresses and words of time."""
