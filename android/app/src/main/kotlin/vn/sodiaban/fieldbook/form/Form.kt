package vn.sodiaban.fieldbook.form

import java.time.Instant
import vn.sodiaban.fieldbook.core.Entry
import vn.sodiaban.fieldbook.core.Field
import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.core.FormChoices
import vn.sodiaban.fieldbook.core.InputFault
import vn.sodiaban.fieldbook.core.MyPost
import vn.sodiaban.fieldbook.core.PhotoEntry
import vn.sodiaban.fieldbook.core.Saved
import vn.sodiaban.fieldbook.ui.Reading

/** A form on its way from "opened" to "saved" or "left". `E` is what is entered, `P` a part of the form: one question. */
data class FormState<E : Any, P : Any>(
    val form: Reading<Form<E, P>> = Reading.Loading,
    /** "Lưu" went through. */
    val saved: Saved? = null,
    /** Everything is kept; the page may go. */
    val isLeft: Boolean = false,
)

/** A form as it stands. Everything in it but [Draft][vn.sodiaban.fieldbook.core.Draft]'s own content is lost with the page, harmlessly. */
data class Form<E : Any, P : Any>(
    val draftId: String,
    val entry: E,
    val choices: FormChoices,
    /** Each page with its questions, "Kiểm tra lại" last. */
    val pages: List<List<P>>,
    val at: Int = 0,
    /** The post one acts in; none until chosen, when several fit. */
    val postId: String? = null,
    val posts: List<MyPost> = emptyList(),
    /** When what is shown was kept, if it was brought back. */
    val restoredFrom: Instant? = null,
    /** Came by "Sửa": the main action leads back to "Kiểm tra lại". */
    val isEditing: Boolean = false,
    val fault: FormFault? = null,
    /** What was there before the last removal, until the next change. */
    val beforeRemoval: E? = null,
    /** Grows when something is put in or taken out by other ways than typing: fields are then filled anew. */
    val edition: Int = 0,
    val photoWork: PhotoWork? = null,
    val isBusy: Boolean = false,
    val problem: FieldbookException? = null,
) {
    val page: List<P> get() = pages[at]
    val isAtCheck: Boolean get() = at == pages.lastIndex
}

/** What is wrong with which field: said on top and beside it in the same words. */
data class FormFault(val field: Field, val fault: InputFault)

/** A picture that is being made small, or could not be. */
data class PhotoWork(val slot: String, val problem: FieldbookException? = null)

/** What tells one kind of form from another. */
interface FormShape<E : Any, P : Enum<P>> {
    val parts: List<P>

    /** The last page. */
    val check: P

    fun wrap(entry: E): Entry

    fun unwrap(entry: Entry): E

    /** The questions, page by page; each on its own when `isOneByOne`, else grouped. */
    fun pages(entry: E, choices: FormChoices, isOneByOne: Boolean): List<List<P>>

    /** Where a fault of this field is shown. */
    fun partOf(field: Field): P

    /** The pictures in a slot: of the whole, of a topic, of a problem. */
    fun photos(entry: E, slot: String): List<PhotoEntry>

    fun withPhotos(entry: E, slot: String, photos: List<PhotoEntry>): E

    /** The first thing that must be there before one goes on from this page. */
    fun missing(page: List<P>, entry: E): Field? = null

    /** Without what was left blank. */
    fun tidy(entry: E): E = entry
}

/** What a person does on the pages of a form. */
interface FormActions<E : Any, P : Any> {
    fun edit(change: (E) -> E)

    /** As [edit], but what was there can be brought back, and fields are filled anew. */
    fun remove(change: (E) -> E)

    fun undoRemoval()

    fun next()

    fun back()

    /** Tries once more to open what could not be opened. */
    fun again()

    /** "Sửa". */
    fun goTo(part: P)

    fun choosePost(id: String)

    fun save()
}
