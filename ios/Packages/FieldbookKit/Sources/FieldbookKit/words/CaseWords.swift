import FieldbookCore

/// Where a case stands; `CaseState` is what its screen shows.
typealias Stands = FieldbookCore.CaseState

extension Stands {
    /// Where a case stands.
    var word: Key {
        switch self {
        case .recorded: .stateRecorded
        case .received: .stateReceived
        case .sorted: .stateSorted
        case .forwarded: .stateForwarded
        case .advised: .stateAdvised
        case .accepted: .stateAccepted
        case .declined: .stateDeclined
        case .inProgress: .stateInProgress
        case .extended: .stateExtended
        case .suspended: .stateSuspended
        case .withdrawn: .stateWithdrawn
        case .resolved: .stateResolved
        case .answered: .stateAnswered
        case .closed: .stateClosed
        case .returned: .stateReturned
        case .settled: .stateSettled
        case .unknown: .stateUnknown
        }
    }
}

extension Stands {
    var tone: Tone {
        switch self {
        case .answered, .closed, .settled, .advised: .good
        case .resolved, .declined, .extended, .suspended: .soon
        case .returned: .late
        case .recorded, .received, .sorted, .forwarded, .accepted, .inProgress, .withdrawn, .unknown: .calm
        }
    }
}

extension CaseKind {
    var word: Key {
        switch self {
        case .visit: .kindVisit
        case .problem: .kindProblem
        case .petition: .kindPetition
        case .report: .kindReport
        }
    }
}

extension PetitionKind {
    var word: Key {
        switch self {
        case .proposal: .petitionProposal
        case .feedback: .petitionFeedback
        case .complaint: .petitionComplaint
        case .denunciation: .petitionDenunciation
        case .unknown: .kindPetition
        }
    }
}

extension ReportKind {
    var word: Key {
        switch self {
        case .daily: .reportDaily
        case .weekly: .reportWeekly
        case .monthly: .reportMonthly
        case .quarterly: .reportQuarterly
        case .unknown: .kindReport
        }
    }
}

/// "Còn 3 ngày", "Hạn hôm nay", "Quá hạn 2 ngày".
func daysLeftWords(_ daysLeft: Int32, in words: Words) -> String {
    if daysLeft == 0 { return words(.dueToday) }
    return daysLeft > 0 ? words(.dueDaysLeft, count: Int(daysLeft)) : words(.dueLate, count: -Int(daysLeft))
}

func daysLeftTone(_ daysLeft: Int32) -> Tone {
    if daysLeft < 0 { return .late }
    return daysLeft <= soonDays ? .soon : .calm
}

private let soonDays = 2
