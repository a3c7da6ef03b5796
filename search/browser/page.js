function prepare() {}
