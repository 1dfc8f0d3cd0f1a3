"""One record of what is published, and from it every dialect that harvesters, tools and models speak."""
