"""Files of an index: containers of arrays, articles, generations, and the folder of a build."""
