import FieldbookCore

extension Met {
    var word: Key {
        switch self {
        case .head: .metHead
        case .secretary: .metSecretary
        case .front: .metFront
        case .associations: .metAssociations
        case .residents: .metResidents
        case .security: .metSecurity
        case .unknown: .stateUnknown
        }
    }
}

extension TopicMark {
    var word: Key {
        switch self {
        case .done: .topicDone
        case .notDone: .topicNotDone
        case .notKnown: .topicNotKnown
        case .unknown: .stateUnknown
        }
    }
}

extension PlaceEvidence {
    /// How well the place of a visit is known.
    var word: Key {
        switch self {
        case .gpsInside: .evidenceInside
        case .gpsNear: .evidenceNear
        case .gpsOutside: .evidenceOutside
        case .gpsUnknown: .evidenceUnknown
        case .qr: .evidenceQr
        case .noEvidence: .evidenceNone
        case .unknown: .stateUnknown
        }
    }
}

extension PlaceEvidence {
    var tone: Tone {
        switch self {
        case .gpsInside, .qr: .good
        case .gpsNear, .gpsUnknown: .soon
        case .gpsOutside: .late
        case .noEvidence, .unknown: .calm
        }
    }
}

extension Urgency {
    var word: Key {
        switch self {
        case .normal: .urgencyNormal
        case .urgent: .urgencyUrgent
        case .complex: .urgencyComplex
        case .unknown: .stateUnknown
        }
    }
}

extension Handling {
    var word: Key {
        switch self {
        case .onTheSpot: .handlingOnTheSpot
        case .proposed: .handlingProposed
        case .unknown: .stateUnknown
        }
    }
}

extension UnitLevel {
    var word: Key {
        switch self {
        case .province: .levelProvince
        case .district: .levelDistrict
        case .commune: .levelCommune
        case .hamlet: .levelHamlet
        case .unknown: .stateUnknown
        }
    }
}

extension ReportNumber {
    var word: Key {
        switch self {
        case .visits: .numberVisits
        case .problemsNew: .numberProblemsNew
        case .problemsDone: .numberProblemsDone
        case .petitionsNew: .numberPetitionsNew
        case .petitionsDone: .numberPetitionsDone
        case .open: .numberOpen
        case .followUpsDone: .numberFollowUpsDone
        case .unknown: .stateUnknown
        }
    }
}
