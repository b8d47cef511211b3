import FieldbookCore
import Foundation
import Testing

@testable import FieldbookKit

struct WordsTests {
    @Test func everyKeyHasItsWordsInBothLanguages() {
        for language in Language.allCases {
            let words = Words(language)
            let missing = Key.allCases.filter { words($0) == $0.rawValue && words($0, count: 2) == $0.rawValue }
            #expect(missing == [])
        }
    }

    @Test func placesAreFilledInAndEnglishHasAFormForOne() {
        #expect(Words(.vi)(.commonStep, 2, 5) == "Bước 2 trên 5")
        #expect(Words(.vi)(.waitingPhotos, count: 1, "410 kB") == "1 ảnh (410 kB)")
        #expect(Words(.en)(.photos, count: 1) == "1 photo")
        #expect(Words(.en)(.photos, count: 3) == "3 photos")
    }

    @Test func daysAreToldTheVietnameseWay() {
        let (vi, day) = (Words(.vi), CalendarDay(year: 2026, month: 11, day: 22))
        #expect(day.words(today: day, in: vi) == "hôm nay")
        #expect(day.words(today: day.plus(days: 1), in: vi) == "hôm qua")
        #expect(day.words(today: day.plus(days: 2), in: vi) == "22/11/2026")
        #expect(day.longWords(in: vi) == "Chủ nhật, 22/11/2026")
        #expect(CalendarMonth(year: 2026, month: 3).words == "03/2026")
        #expect(CalendarDay(year: 2026, month: 3, day: 1).plus(days: -1) == CalendarDay(year: 2026, month: 2, day: 28))
    }

    /// Nine in the evening in London is the next day in Vietnam.
    @Test func aMomentIsToldAsInVietnamWhereverThePhoneIs() throws {
        let moment = try Date("2026-11-21T21:05:00Z", strategy: .iso8601)
        #expect(moment.words == "04:05, 22/11/2026")
        #expect(CalendarDay(moment) == CalendarDay(year: 2026, month: 11, day: 22))
    }
}
