complete --keep-order --exclusive --command tollgate --arguments "(TOLLGATE_COMPLETE=fish tollgate -- (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token))"
