import FieldbookCore

extension FieldbookError {
    /// What to do about an error of the core, as a sentence. The only file that knows.
    var sentence: Key {
        switch self {
        case .Offline: .errorOffline
        case .SignInAgain: .errorSignInAgain
        case .UpdateApp: .errorUpdateApp
        case .Rejected(let code): code.sentence
        case .StorageFull: .errorStorageFull
        case .Invalid(_, let fault): fault.sentence
        case .Internal: .errorInternal
        }
    }
}

extension Rejection {
    var sentence: Key {
        switch self {
        case .badCode: .errorBadCode
        case .revoked: .errorRevoked
        case .awaitConfirmation: .errorAwaitConfirmation
        case .slower: .errorSlower
        case .unavailable: .errorUnavailable
        case .wouldBeRefused(let refusal): refusal.sentence
        case .notRefused: .errorNotRefused
        case .notFound: .errorNotFound
        case .tooLateToUndo: .errorTooLateToUndo
        case .other: .errorInternal
        }
    }
}

extension InputFault {
    /// Beside the field, in the same words as in the summary.
    var sentence: Key {
        switch self {
        case .missing: .faultMissing
        case .malformed: .faultMalformed
        case .tooLong: .faultTooLong
        case .inFuture: .faultInFuture
        case .tooOld: .faultTooOld
        case .endsBeforeStart: .faultEndsBeforeStart
        case .notAPicture: .faultNotAPicture
        case .tooLarge: .faultTooLarge
        case .damaged: .faultDamaged
        case .notTakenHere: .faultNotTakenHere
        }
    }
}
