import FieldbookCore

extension Refusal {
    /// Why the office refused a record, and what to do.
    var sentence: Key {
        switch self {
        case .malformed: .refusalMalformed
        case .unknownRoot: .refusalUnknownRoot
        case .unknownTarget: .refusalUnknownTarget
        case .unknownUnit: .refusalUnknownUnit
        case .unknownKind: .refusalUnknownKind
        case .notYourUnit: .refusalNotYourUnit
        case .notYourPost: .refusalNotYourPost
        case .notYourDuty: .refusalNotYourDuty
        case .notYours: .refusalNotYours
        case .postEnded: .refusalPostEnded
        case .tooLate: .refusalTooLate
        case .notAllowedNow: .refusalNotAllowedNow
        case .unitEnded: .refusalUnitEnded
        case .officeOnly: .refusalOfficeOnly
        case .denunciationKeepsNothing: .refusalDenunciationKeepsNothing
        case .visitTooOld: .refusalVisitTooOld
        case .visitInFuture: .refusalVisitInFuture
        case .unknown: .refusalUnknown
        }
    }
}
