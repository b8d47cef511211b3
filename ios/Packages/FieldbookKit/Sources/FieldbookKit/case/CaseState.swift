import FieldbookCore
import Foundation

/// A record's page.
struct CaseState: Sendable {
    var `case`: Reading<CasePageView> = .loading
    var officePhone: String?
    var isBusy = false
    var problem: FieldbookError?
}

/// What one is doing on the page.
enum CaseTask: Hashable, Sendable {
    case look, note, answer, correct, takeBack
    case act(CaseAction)
}

/// A task with what was typed for it; kept over a kill.
struct CaseDoing: Sendable {
    var task = CaseTask.look
    /// None until something was typed.
    var words: String?
    var place: String?
    var way = AnswerWay.inPerson
    var daysAgo = 0

    static let ways: [AnswerWay] = [.inPerson, .phone, .letter, .meeting]
}

extension CaseDoing {
    private struct Kept: Codable {
        let caseId: String
        let task: String
        let words: String?
        let place: String?
        let way: String
        let daysAgo: Int
    }

    /// None while nothing is being done: then nothing of what was typed stays behind.
    func kept(of caseId: String) -> Data? {
        if task == .look { return nil }
        return try? JSONEncoder().encode(
            Kept(caseId: caseId, task: "\(task)", words: words, place: place, way: "\(way)", daysAgo: daysAgo))
    }

    /// What the page no longer offers is not gone on with.
    init(kept: Data?, of page: CasePageView?) {
        guard let page, let kept, let kept = try? JSONDecoder().decode(Kept.self, from: kept), kept.caseId == page.row.id,
            let task = page.tasks.first(where: { "\($0)" == kept.task })
        else { return }
        self.task = task
        words = kept.words
        place = kept.place
        way = Self.ways.first { "\($0)" == kept.way } ?? .inPerson
        daysAgo = kept.daysAgo
    }
}
