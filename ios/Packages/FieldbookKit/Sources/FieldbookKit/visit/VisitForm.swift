import FieldbookCore

extension VisitEntry {
    /// Written down later: a day is asked, a position is not.
    var isLater: Bool { started == nil }

    /// The checklist of the hamlet, with what was marked already.
    mutating func takeTopics(of choices: FormChoices) {
        topics = choices.topics.map { topic in
            topics.first { $0.topicId == topic.id } ?? TopicEntry(topicId: topic.id, mark: nil, remark: "")
        }
    }
}

/// The form of a visit.
enum VisitForm: FormShape {
    /// The questions of a visit, in their order.
    enum Part: String, CaseIterable, Sendable { case hamlet, day, place, met, topics, followUps, problems, photos, promises, check }

    static let check = Part.check

    static func wrap(_ content: VisitEntry) -> Entry { .visit(entry: content) }

    static func unwrap(_ entry: Entry) -> VisitEntry? {
        guard case .visit(let content) = entry else { return nil }
        return content
    }

    static func pages(_ content: VisitEntry, _ choices: FormChoices, isOneByOne: Bool) -> [[Part]] {
        let asked = Part.allCases.filter {
            switch $0 {
            case .day: content.isLater
            case .topics: !choices.topics.isEmpty
            case .followUps: !choices.followUps.isEmpty
            case .hamlet, .place, .met, .problems, .photos, .promises, .check: true
            }
        }
        if isOneByOne { return asked.map { [$0] } }
        return (0...group(of: .check)).map { group in asked.filter { self.group(of: $0) == group } }.filter { !$0.isEmpty }
    }

    /// What a liaison is asked on one page.
    private static func group(of part: Part) -> Int {
        switch part {
        case .hamlet: 0
        case .day, .place, .met: 1
        case .topics, .followUps: 2
        case .problems, .photos, .promises: 3
        case .check: 4
        }
    }

    static func part(of field: Field) -> Part {
        switch field {
        case .hamlet: .hamlet
        case .day: .day
        case .placeReason: .place
        case .with: .met
        case .topic: .topics
        case .problem, .toLevel, .where, .text: .problems
        case .remark, .photo: .photos
        case .promise: .promises
        default: .check
        }
    }

    static func missing(on page: [Part], _ content: VisitEntry) -> Field? {
        if page.contains(.hamlet), content.hamletId.isEmpty { return .hamlet }
        guard page.contains(.problems) else { return nil }
        if let blank = content.problems.firstIndex(where: { $0.text.isBlank && $0.photos.isEmpty }) {
            return .problem(index: Int32(blank))
        }
        return content.problems.contains { $0.handling == nil } ? .toLevel : nil
    }

    static func tidy(_ content: inout VisitEntry) { content.promises.removeAll { $0.text.isBlank } }

    static func photos(_ content: VisitEntry, in slot: String) -> [PhotoEntry] {
        switch PhotoOf(slot: slot) {
        case .visit: content.photos.filter { $0.topic == nil }
        case .topic(let index): content.photos.filter { $0.topic == Int32(index) }
        case .problem(let index): content.problems.indices.contains(index) ? content.problems[index].photos : []
        }
    }

    static func setPhotos(_ photos: [PhotoEntry], in slot: String, of content: inout VisitEntry) {
        switch PhotoOf(slot: slot) {
        case .visit: content.photos = content.photos.filter { $0.topic != nil } + photos
        case .topic(let index): content.photos = content.photos.filter { $0.topic != Int32(index) } + photos.map { $0.of(topic: index) }
        case .problem(let index): if content.problems.indices.contains(index) { content.problems[index].photos = photos }
        }
    }
}

/// What a picture of a visit shows, and the word for it in file names.
enum PhotoOf: Equatable {
    case visit
    case topic(Int)
    case problem(Int)

    var slot: String {
        switch self {
        case .visit: "visit"
        case .topic(let index): "topic-\(index)"
        case .problem(let index): "problem-\(index)"
        }
    }

    init(slot: String) {
        let parts = slot.split(separator: "-")
        let index = parts.last.flatMap { Int($0) }
        self = index.map { parts.first == "topic" ? .topic($0) : .problem($0) } ?? .visit
    }
}

extension PhotoEntry {
    fileprivate func of(topic index: Int) -> PhotoEntry {
        var photo = self
        photo.topic = Int32(index)
        return photo
    }
}
