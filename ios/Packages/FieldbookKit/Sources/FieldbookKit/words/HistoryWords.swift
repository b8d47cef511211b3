import FieldbookCore

extension Stands {
    /// Where a case stands, as a sentence: who has to do what next.
    var sentence: Key {
        switch self {
        case .recorded: .standsRecorded
        case .received: .standsReceived
        case .sorted: .standsSorted
        case .forwarded: .standsForwarded
        case .advised: .standsAdvised
        case .accepted: .standsAccepted
        case .declined: .standsDeclined
        case .inProgress: .standsInProgress
        case .extended: .standsExtended
        case .suspended: .standsSuspended
        case .withdrawn: .standsWithdrawn
        case .resolved: .standsResolved
        case .answered: .standsAnswered
        case .closed: .standsClosed
        case .returned: .standsReturned
        case .settled: .standsSettled
        case .unknown: .stateUnknown
        }
    }
}

extension CaseAction {
    /// What happened.
    var word: Key {
        switch self {
        case .receive: .stateReceived
        case .sort: .stateSorted
        case .forward: .stateForwarded
        case .advise: .stateAdvised
        case .accept: .stateAccepted
        case .decline: .stateDeclined
        case .start: .stateInProgress
        case .extend: .stateExtended
        case .suspend: .stateSuspended
        case .resume: .historyResumed
        case .withdraw: .stateWithdrawn
        case .resolve: .stateResolved
        case .answer: .stateAnswered
        case .close: .stateClosed
        case .reopen: .historyReopened
        case .sendBack: .stateReturned
        case .resubmit: .historyResubmitted
        case .note: .historyNote
        case .unknown: .stateUnknown
        }
    }
}

extension CaseAction {
    /// What one may do, as on a button.
    var deed: Key {
        switch self {
        case .receive: .deedReceive
        case .sort: .deedSort
        case .forward: .deedForward
        case .advise: .deedAdvise
        case .accept: .deedAccept
        case .decline: .deedDecline
        case .start: .deedStart
        case .extend: .deedExtend
        case .suspend: .deedSuspend
        case .resume: .deedResume
        case .withdraw: .deedWithdraw
        case .resolve: .deedResolve
        case .answer: .stateAnswered
        case .close: .deedClose
        case .reopen: .deedReopen
        case .sendBack: .deedSendBack
        case .resubmit: .screenCaseCorrectAndSend
        case .note: .screenCaseNote
        case .unknown: .stateUnknown
        }
    }
}

extension CaseAction {
    /// Cannot be done without a reason.
    var asksReason: Bool { [.decline, .extend, .suspend, .sendBack].contains(self) }
}

extension AnswerWay {
    var word: Key {
        switch self {
        case .inPerson: .wayInPerson
        case .phone: .wayPhone
        case .letter: .wayLetter
        case .meeting: .wayMeeting
        case .unknown: .stateUnknown
        }
    }
}

extension ProblemPart {
    /// "Đề xuất lên xã, phường, đặc khu".
    func words(in words: Words) -> String {
        switch handling {
        case .onTheSpot: words(.stateSettled)
        case .proposed: words(.screenCaseProposed, toLevel.map { words($0.word) } ?? "")
        case .unknown: words(.stateUnknown)
        }
    }
}
