set edit:completion:arg-completer[tollgate] = { |@words|
    var index = (count $words)
    set index = (- $index 1)

    put (env _CLAP_IFS="\n" _CLAP_COMPLETE_INDEX=(to-string $index) TOLLGATE_COMPLETE="elvish" tollgate -- $@words) | to-lines
}
