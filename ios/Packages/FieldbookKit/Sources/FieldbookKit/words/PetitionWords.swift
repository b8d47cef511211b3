import FieldbookCore

extension SorterQuestion {
    var sentence: Key {
        switch self {
        case .accusesPerson: .screenPetitionAskAccuses
        case .wantsOwnDecisionReviewed: .screenPetitionAskOwnDecision
        case .opposesDecision: .screenPetitionAskOpposes
        case .reportsHappening: .screenPetitionAskHappening
        case .cannotWait: .screenPetitionAskCannotWait
        }
    }
}

extension SorterQuestion {
    /// An example, for whoever is not sure.
    var example: Key {
        switch self {
        case .accusesPerson: .screenPetitionExampleAccuses
        case .wantsOwnDecisionReviewed: .screenPetitionExampleOwnDecision
        case .opposesDecision: .screenPetitionExampleOpposes
        case .reportsHappening: .screenPetitionExampleHappening
        case .cannotWait: .screenPetitionExampleCannotWait
        }
    }
}

extension RightPlace {
    /// Where a matter of this kind goes.
    var sentence: Key {
        switch self {
        case .commune: .screenPetitionToCommune
        case .decidingBody: .screenPetitionToDecidingBody
        case .inPersonOnly: .screenPetitionToInPerson
        }
    }
}

extension SorterClock {
    /// "Trả lời: 3 ngày làm việc, dự kiến 25/11/2026".
    func words(in words: Words) -> String {
        let period = words(workingDays ? .screenPetitionWorkingDays : .screenPetitionDays, count: Int(days))
        let what = words(subject.word)
        guard let due else { return words(.screenPetitionClockAfter, what, period) }
        return words(.screenPetitionClock, what, period, due.plainWords)
    }
}

extension ClockSubject {
    var word: Key {
        switch self {
        case .complaintAcceptance: .clockComplaintAcceptance
        case .complaintFirst, .complaintFirstComplex, .complaintFirstRemote, .complaintFirstRemoteComplex,
            .complaintSecond, .complaintSecondComplex, .complaintSecondRemote, .complaintSecondRemoteComplex,
            .denunciationSettlement, .denunciationComplex, .denunciationSpeciallyComplex:
            .clockSettlement
        case .proposal, .proposalUrgent, .proposalComplex, .visit, .reportDaily, .reportWeekly, .reportMonthly,
            .reportQuarterly, .unknown:
            .clockAnswer
        }
    }
}
