extension String {
    /// Nothing is written here.
    var isBlank: Bool { allSatisfy(\.isWhitespace) }

    /// None where nothing is written.
    var orNone: String? { isBlank ? nil : self }
}
