import FieldbookCore

extension Trouble {
    /// Why nothing goes just now.
    var sentence: Key {
        switch self {
        case .offline: .networkNone
        case .officeBusy: .troubleOfficeBusy
        case .untrusted: .troubleUntrusted
        case .broken: .troubleBroken
        case .revoked: .errorRevoked
        case .updateApp: .errorUpdateApp
        case .signInAgain: .errorSignInAgain
        case .awaitConfirmation: .errorAwaitConfirmation
        }
    }
}
